"""The stories ``beffroi demo`` plays through real field, real bridge and real widgets."""

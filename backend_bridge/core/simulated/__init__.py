"""What all simulated equipment of a city shares: one sun, one weather, one traffic; pure functions.

Whatever asks for the same seed, place and moment gets the same answer, so that simulators of
different links agree without knowing one another, and a moment nobody asks about costs nothing.
"""

"""What the simulator is made of: a server, the devices it can stand for, and their physics.

A device is a module of :mod:`backend_bridge.drivers.modbus.simulated.models`; a register profile
names it by ``model``. Nothing the driver needs lies here.
"""

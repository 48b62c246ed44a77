"""Protocols and the point table: what drivers, services and servers are written against."""

"""Orders owns what buyers wish for: orders and their lines, the book of each order window, and the timeline
that tells a buyer everything that happened to an order. It alone decides when a window's book closes, and
refuses what comes later. It never shares stock out, never holds a lot, and never tells a buyer that something
is his: it repeats what cooperative found out, once catalog has committed it.
"""

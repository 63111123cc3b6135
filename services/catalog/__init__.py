"""Catalog: what sellers list, and the one authority of stock.

It owns every lot: its price, its dates, and how much of it is available, held, committed and collected;
every change of these has an event and a reason. It sets stock aside for shares when cooperative's events
ask, and answers each of them, wholly, in part or not. It never decides who gets what, never knows who
buys, and never calls another service.
"""

"""Notify: tells people, in a short message, what happened to their lots, shares and orders.

It owns contacts (name, channel, chat, language), messages, the attempts to hand them over and what these
cost; and keeps where a person belongs, to know who may speak to it for him. It alone joins a name to an id. It
never decides anything about a lot, a share or an order, never asks another service, and never says more than
the event it tells of: a message is made from that event and the person's contact alone.
"""

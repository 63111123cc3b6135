"""What every service needs to run, and no word of the marketplace.

A service gives tables, reactions to events (`on`), reactions to time (`due`) and endpoints; the chassis
opens and commits the transaction around each, keeps per-aggregate order, and carries events out (outbox,
relay) and in (group consumption, inbox). What is promised, and what is not, stands in docs/architecture.md.
"""

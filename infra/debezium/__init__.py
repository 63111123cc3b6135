"""Debezium on Kafka Connect: carries the outbox from the log of PostgreSQL, where the relay is not enough."""

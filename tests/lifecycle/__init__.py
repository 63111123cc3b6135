"""A state machine drives the four services through the life of collective orders; what fails is told as a story.

rules/      what may happen, a module for each area of life     judge      what must hold after each step, and at rest
machine     all rules together                                  story      what happened, as sentences with names
ground      the services in this process, on PostgreSQL         transport  instead of Kafka: any order, twice, late
life        one example: its steps, and what is known           look       what stands in the databases
"""

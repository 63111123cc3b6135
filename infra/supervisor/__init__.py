"""The process that `lumbung up` leaves behind: starts every part, and again what dies; all ends with it."""

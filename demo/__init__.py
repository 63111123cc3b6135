"""The story of one collective order, played over HTTP: by `make demo` for people, by a flow test with assertions."""

"""Bad input, at every endpoint of every service: by schemathesis from the API documents, and by hand."""

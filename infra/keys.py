"""The key pair of a home: its private half signs tokens on this machine, its public half is what services read."""

from infra.home import Home
from services.chassis.tokens import SigningKey, write_key_set


def signing_key(home: Home) -> SigningKey:
    file = home.keys / "private.json"
    if not file.exists():
        SigningKey.new().save(file)
    key = SigningKey.load(file)
    if not home.key_set.exists():
        write_key_set(home.key_set, [key])
    return key

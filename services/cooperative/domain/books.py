"""The closed book as orders told of it."""

from hashlib import sha256

from services.cooperative.events import BookClosed


class WrongDigest(Exception):
    """The book's digest is not that of its orders: somebody changed it, or a bug did."""


def check_digest(book: BookClosed) -> None:
    """Only what orders sealed is shared. The digest is taken of one line `order_id:version` for each order."""
    listed = "".join(f"{order.order_id}:{order.version}\n" for order in book.orders)
    if sha256(listed.encode()).hexdigest() != book.digest:
        raise WrongDigest(f"the book of window {book.window_id} lists other orders than its digest says")

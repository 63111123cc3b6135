"""`python -m infra.provision`: keys, topics and databases made ready for the services; each step is idempotent."""

from concurrent.futures import ThreadPoolExecutor

from infra.home import Home
from infra.keys import signing_key
from infra.migrations import migrate, outdated
from infra.stack import SILENT, Report, Stack, open_stack
from infra.topics import described, provision


def prepare(home: Home, stack: Stack, report: Report = SILENT) -> None:
    signing_key(home)
    late = outdated(home, stack)
    report.step("Preparing topics" + (f" and the databases of {', '.join(late)}" if late else ""))
    with ThreadPoolExecutor(1) as pool:
        topics = pool.submit(provision, stack.kafka, described())
        migrate(home, stack, late)
        topics.result()


def main() -> None:
    home = Home.chosen().make()
    stack = open_stack(home.root)
    stack.start()
    prepare(home, stack)


if __name__ == "__main__":
    main()

import sys

from devsite.cli import main

sys.exit(main(sys.argv[1:]))

"""`python -m bench.yielding NICE MODULE …`: one of our programs, that yields the processor to others.

In production the service manager does it (systemd: `Nice=`): the workers of the whole house yield to those of the registers.
"""

import os
import runpy
import sys

if __name__ == "__main__":
    os.nice(int(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

"""Stands in for a container's own host name, which several processes of one machine cannot have."""

import os
import socket

socket.gethostname = lambda: os.environ["HOSTNAME"]

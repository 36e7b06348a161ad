"""The guard of conftest bites, and the packages the product stands on keep still."""

import socket

import pytest


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::1"])
def test_a_connection_to_the_outside_fails_the_test(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt, pytest.raises(AssertionError, match="connection to"):
        attempt.connect((host, 80))


def test_a_look_up_of_a_name_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="look-up of"):
        socket.getaddrinfo("example.invalid", 443)

"""A driver's folder holds what every driver's folder holds, and says what it is."""

from __future__ import annotations

from backend_bridge.core.driver import LinkConfig
from tests.conformance.subject import HOST, Subject

FILES = (
    "driver.toml",
    "driver.py",
    "config.py",
    "codec.py",
    "simulator.py",
    "README.md",
    "quality.toml",
)


def test_folder_has_the_fixed_files(subject: Subject) -> None:
    missing = [name for name in FILES if not (subject.manifest.directory / name).is_file()]

    assert missing == []


def test_readme_documents_every_setting_of_the_example(subject: Subject) -> None:
    readme = (subject.manifest.directory / "README.md").read_text("utf-8")
    link = subject.link((HOST, 1))
    address_keys = {key for point in link.points for key in point.address}

    assert [key for key in {*link.settings, *address_keys} if f"`{key}`" not in readme] == []


def test_example_link_is_named_for_its_driver_and_has_points(subject: Subject) -> None:
    link = subject.link((HOST, 1))

    assert isinstance(link, LinkConfig)
    assert link.driver == subject.manifest.name
    assert [point.slot for point in link.points] == list(range(len(link.points)))


def test_driver_is_tested_against_a_peer_or_says_why_not(subject: Subject) -> None:
    quality = subject.quality

    assert bool(quality.peers) != bool(quality.no_peer_because.strip())


def test_driver_module_names_no_simulator(subject: Subject) -> None:
    source = (subject.manifest.directory / "driver.py").read_text("utf-8")

    assert "simulator" not in source

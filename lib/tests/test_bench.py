"""The benchmark is a program: it measures both sides of every row, and says what it cannot do."""

import pytest

from chalkgrad import bench


def test_both_sides_are_timed_by_turns():
    calls = []
    ours, theirs = bench.compare(lambda: calls.append("a"), lambda: calls.append("b"), rounds=3)
    assert calls == ["a", "b"] * 4 and ours > 0 and theirs > 0


def test_one_row_of_the_table(capsys, monkeypatch):
    monkeypatch.setattr(bench, "ROUNDS", 1)
    bench.main(["l2"])
    said = capsys.readouterr().out
    assert "l2" in said and "W (3072, 1000)" in said and "×" in said and "svm_loss" not in said


def test_an_unknown_operation_is_refused_with_what_there_is(capsys):
    with pytest.raises(SystemExit):
        bench.main(["l3"])
    assert "there is no operation called 'l3'" in capsys.readouterr().err

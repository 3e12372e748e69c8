#!/usr/bin/env python3
"""A manuscript with as many and as long notes as the historians of old wrote, to be shown to readers of e-books.

    many_notes.py FOLDER

Its words are made up by rule, always the same: eight chapters with some hundred and fifty notes each, from a line to
several paragraphs; notes that are called twice, that quote Greek, hold lists, emphasis and addresses.
"""
import os
import sys

SYLLABLES = "ra ton mel vi sor den lu pa ke nor ti gan wes bo lin tar mi fol de sur".split()
GREEK = "τὸν λόγον οὐκ ἔστιν εἰπεῖν περὶ τῆς πόλεως καὶ τῶν ἀνθρώπων".split()


class Dice:
    """A sequence of numbers that is always the same."""

    def __init__(self, seed):
        self.state = seed

    def upto(self, most):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % most


def words(dice, count):
    made = ["".join(SYLLABLES[dice.upto(len(SYLLABLES))] for _ in range(1 + dice.upto(3))) for _ in range(count)]
    text = " ".join(made)
    return text[0].upper() + text[1:] + "."


def note(dice, number):
    text = words(dice, 4 + dice.upto(30) + (dice.upto(160) if number % 7 == 0 else 0))
    if number % 11 == 3:
        text += f" *{words(dice, 4)[:-1]}*, vol. {1 + dice.upto(12)}, p. {1 + dice.upto(400)}."
    if number % 13 == 5:
        start = dice.upto(len(GREEK) - 4)
        text += f" [{' '.join(GREEK[start:start + 4])}]{{lang=grc}}."
    if number % 17 == 6:
        text += " <https://example.org/a/very/long/address/that/has/to/break/somewhere/or/it/will/stand/out/of/the/page>"
    if number % 19 == 7:
        text += "\n\n    " + words(dice, 60) + "\n\n    - " + words(dice, 9) + "\n    - " + words(dice, 7)
    return text


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    dice = Dice(7)
    with open(os.path.join(folder, "metadata.yaml"), "w", encoding="utf-8") as out:
        out.write("title: The Decline of the Towns\nauthors: [Ann Lee]\nlanguage: en-GB\ndate: 2026-03-05\nrevised: 2026-03-05\ncover: false\n")
    for chapter in range(1, 9):
        lines, notes = [f"# {words(dice, 4)[:-1]}\n"], []
        for at in range(1, 151):
            key = f"n{chapter}-{at}"
            text = words(dice, 10 + dice.upto(50))
            again = f" {words(dice, 6)}[^n{chapter}-{at - 5}]" if at % 29 == 0 else ""
            lines.append(f"{text}[^{key}]{again} {words(dice, 12 + dice.upto(40))}\n")
            if at % 25 == 0:
                lines.append(f"## {words(dice, 3)[:-1]}\n")
                lines.append(words(dice, 20) + "\n")
            notes.append(f"[^{key}]: {note(dice, at)}\n")
        with open(os.path.join(folder, f"{chapter}0-chapter.md"), "w", encoding="utf-8") as out:
            out.write("\n".join(lines + notes))


main()

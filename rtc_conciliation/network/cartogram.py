"""The Ambiti as hexagons laid out roughly as on the ground: a map that needs no boundaries and no outside tiles."""

import textwrap
from math import sqrt

#: half the height of a hexagon, its width and the distance of two rows, in units of the drawing
RADIUS = 66
WIDTH = round(RADIUS * sqrt(3), 1)
STEP = RADIUS * 1.5
MARGIN = 4
LETTERS = 13
LINE = 15
#: shades; the number in each tile says the same without colour
LEVELS = 4


def draw_cartogram(places: list[dict]) -> dict | None:
	"""Hexagons for `places` ({"name", "column", "row", "count"}, both from 1); None if none has a place.

	{"width", "height", "tiles": [{"name", "count", "level", "points", "x", "number_y", "lines": [(y, text)]}]}, by
	rows. Odd rows stand half a place to the right. Of two at one place both are drawn, the later on top.
	"""
	placed = [place for place in places if place["column"] > 0 and place["row"] > 0]
	if not placed:
		return None
	most = max(place["count"] for place in placed)
	placed.sort(key=lambda place: (place["row"], place["column"], place["name"]))
	left = min(get_width(place) for place in placed)
	top = min(place["row"] for place in placed)
	tiles = [draw_tile(place, left, top, most) for place in placed]
	return {
		"width": round(max(one["x"] for one in tiles) + WIDTH / 2 + MARGIN),
		"height": round(max(one["y"] for one in tiles) + RADIUS + MARGIN),
		"tiles": tiles,
	}


def get_width(place: dict) -> float:
	return place["column"] + (0.5 if place["row"] % 2 else 0)


def draw_tile(place: dict, left: float, top: int, most: int) -> dict:
	x = round(MARGIN + WIDTH / 2 + (get_width(place) - left) * WIDTH, 1)
	y = round(MARGIN + RADIUS + (place["row"] - top) * STEP, 1)
	lines = textwrap.wrap(place["name"], LETTERS, max_lines=4, placeholder="…")
	first = y - (len(lines) - 1) * LINE / 2 - 5
	return {
		"name": place["name"],
		"count": place["count"],
		"level": -(-place["count"] * LEVELS // most) if most else 0,
		"points": " ".join(f"{round(x + dx, 1)},{round(y + dy, 1)}" for dx, dy in get_corners()),
		"x": x,
		"y": y,
		"lines": [(round(first + LINE * number, 1), text) for number, text in enumerate(lines)],
		"number_y": round(first + LINE * len(lines) + 5, 1),
	}


def get_corners() -> list[tuple[float, float]]:
	half, radius = WIDTH / 2 - 1.5, RADIUS - 1.5
	return [
		(0, -radius),
		(half, -radius / 2),
		(half, radius / 2),
		(0, radius),
		(-half, radius / 2),
		(-half, -radius / 2),
	]

"""An invented regency: people, employers, memberships and works of any area of Indonesia, of any size, deterministic by
seed; the lists about them as officers send them, with the usual mess; and the truth beside the lists."""

from jangkau.core.synthetic.lists import WrittenLists, write_lists
from jangkau.core.synthetic.regency import InventedRegency, invent
from jangkau.core.synthetic.truth import write_truth

__all__ = ["InventedRegency", "WrittenLists", "invent", "write_lists", "write_truth"]

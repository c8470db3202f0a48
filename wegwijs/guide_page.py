"""A guide as one page that can be printed: all its steps, for the desk of a teacher."""

from jinja2 import Environment, StrictUndefined

from wegwijs.content import Content
from wegwijs.content_schema import Guide
from wegwijs.files import GUIDE_PAGE
from wegwijs.reply import shown


def guide_page(guide: Guide, content: Content) -> str:
    """Return the page as HTML."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    steps = [
        {
            "blocks": [shown(block, content) for block in step.text],
            "answers": [answer.label for answer in step.answers if answer.label != content.words.next_step.label],
            "parts": [[shown(block, content) for block in part.text] for part in (*step.first_of, *step.each_of)],
        }
        for step in guide.steps
    ]
    source = content.sources[guide.source.doc]
    template = environment.from_string(GUIDE_PAGE.read_text("utf-8"))
    return template.render(title=guide.title, steps=steps, source=f"{source.title}, {guide.source.section}")

"""A guide as one page that can be printed: all its steps, for the desk of a teacher."""

from wegwijs.content import Content
from wegwijs.files import GUIDE_PAGE
from wegwijs.guide_schema import Guide
from wegwijs.html_page import render
from wegwijs.reply import shown


def guide_page(guide: Guide, content: Content) -> str:
    """Return the page as HTML."""
    steps = [
        {
            "blocks": [shown(block, content) for block in step.text],
            "answers": [answer.label for answer in step.answers if answer.label != content.words.next_step.label],
            "parts": [[shown(block, content) for block in part.text] for part in step.parts()],
        }
        for step in guide.steps
    ]
    source = content.sources[guide.source.doc]
    return render(GUIDE_PAGE, title=guide.title, steps=steps, source=f"{source.title}, {guide.source.section}")

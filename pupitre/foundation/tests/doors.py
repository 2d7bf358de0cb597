from tests.doors import door

DOORS = [
    door("ui:display", everyone=200),
    door("ui:display", "post", everyone=422),
]

"""SIECLE, base élèves établissement: its five XML exports, each in the zip that the interface hands out.

Source: ministry's specification « Exports BEE : description des blocs XML », 17.4, and the changes of 2018 (responsables).
"""

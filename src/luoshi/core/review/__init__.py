"""What a reviewer of many materials looks at: figures of each, what a new draft has mended, the opinion.

Information with places, never a score: nothing here adds up what is of different kinds.
"""

"""The federated directory of an academy (AAF): its complete and delta archives, read once and handed out school by school."""

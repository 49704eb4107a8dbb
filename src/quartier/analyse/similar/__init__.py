"""Persons who are similar to one: nearest in the traits that are known of them.

The measure is Gower's ("A general coefficient of similarity and some of its properties", Biometrics 27, 1971): each
trait says from 0 to 1 how alike two persons are, and the mean of these is the similarity: of the traits of each family
first, then of the families, so that five columns of addresses do not weigh more than one of needs.

Two numbers, days or instants are as alike as their difference is small beside the spread of everybody: from the 5th to
the 95th percentile, over some 100,000 persons, for a few who are far out shall not make all others alike. Two texts and
two truths are equal or not, two lists share a part of their values (Jaccard). The traits are those that are known of
the person in question; one that the other has not counts as not alike at all: little known is never much alike.
"""

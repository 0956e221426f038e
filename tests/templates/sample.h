/* A few rows of regulation, units and matters for golden pages, as a program would have read them from the database. */
#ifndef TESTS_TEMPLATES_SAMPLE_H
#define TESTS_TEMPLATES_SAMPLE_H

#include "store/catalog.h"

enum { SAMPLE_UNIT = 11, SAMPLE_LEAK = 3, SAMPLE_RULE_ACCEPT = 2, SAMPLE_RULE_ARRIVE = 40, SAMPLE_RULE_ANNOUNCE = 80 };

/* Needs no release: the rows are constant, and the catalog never looks for newer ones. */
void sample_catalog(struct catalog *catalog);

/* A clock of the sample's rule, running since `started`. no: 1, 2, … in its ticket */
struct clock sample_clock(int no, int rule_id, struct instant started);

#endif

/** What tests of every module share: golden vectors, real data, contracts. */
package org.stereo4d.testing;

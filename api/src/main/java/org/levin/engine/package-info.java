/**
 * The contract of the engines. An engine is arithmetic: forward, backward, one optimizer step.
 * {@link org.levin.engine.Engines} finds the engines on the class path; an {@link
 * org.levin.engine.EngineProvider} opens an {@link org.levin.engine.Engine}, which makes a {@link
 * org.levin.engine.Network}.
 *
 * <p>No policy lives here: epochs, schedules, splits and sampling stand elsewhere, once, and work
 * on every engine. No engine lives here either, and no class of one is named. Knows batches and
 * parameters, not vocabularies, files or provenance.
 */
package org.levin.engine;

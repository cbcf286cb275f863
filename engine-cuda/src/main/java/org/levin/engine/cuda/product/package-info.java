/** Matrix products: their factors, tiles and slices, and the launches for them. */
package org.levin.engine.cuda.product;

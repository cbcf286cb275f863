package org.levin.engine.cuda;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The lines of the house, for this engine: the command's tests, which hold them for the rest, do
 * not have it on their class path.
 */
@AnalyzeClasses(packages = "org.levin.engine.cuda", importOptions = DoNotIncludeTests.class)
class CudaArchitectureTest {
  private static final String ENGINE = "org.levin.engine.cuda..";
  private static final String DRIVER = "org.levin.engine.cuda.driver";
  private static final Set<String> EXACT = Set.of("max", "min", "ceilDiv", "sqrt", "round");

  @ArchTest
  static final ArchRule knowsOnlyTheContractAndWhatItSpeaksOf =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  ENGINE,
                  "org.levin.engine",
                  "org.levin.model",
                  "org.levin.corpus",
                  "org.levin.internal",
                  "java..",
                  "jcuda.."));

  @ArchTest
  static final ArchRule jcudaIsKnownToTheDriverOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(DRIVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcuda..");

  @ArchTest
  static final ArchRule theDriverKnowsNothingOfNetworks =
      classes()
          .that()
          .resideInAPackage(DRIVER)
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage(DRIVER).or(resideInAnyPackage("java..", "jcuda..")));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("(org.levin.engine.cuda..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule writesToNoStandardStream = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule logsThroughSystemLogger =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule mathIsUsedOnlyWhereItIsExact =
      noClasses().should().accessTargetWhere(inexactMath());

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Utilities|Helpers?)");

  private static DescribedPredicate<JavaAccess<?>> inexactMath() {
    return DescribedPredicate.describe(
        "members of Math that are not exact",
        access ->
            access.getTargetOwner().isEquivalentTo(Math.class)
                && !EXACT.contains(access.getName())
                && !access.getName().endsWith("Exact"));
  }
}

package org.levin.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.levin.SequenceModel;

/** The lines of the house; a rule that finds nothing to check fails. */
@AnalyzeClasses(
    packages = "org.levin",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** The contract suite comes as a jar once it is packed. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String ENGINES = "org.levin.engine.*..";
  private static final String VECTOR_API = "jdk.incubator.vector..";
  private static final String[] ABOVE_API = {
    "org.levin.cli..", "org.levin.tuning..", "org.levin.examples..", "org.levin.benchmarks.."
  };
  private static final String[] ARROW = {"org.apache.arrow..", "com.google.flatbuffers.."};
  private static final String[] TRIBUO = {
    "org.tribuo..", "com.oracle.labs..", "com.google.protobuf.."
  };
  private static final String LUCENE = "org.apache.lucene..";
  private static final String JACKSON = "com.fasterxml.jackson..";

  /** Correctly rounded, or on whole numbers, or constants. */
  private static final Set<String> EXACT =
      Set.of(
          "PI",
          "abs",
          "ceil",
          "ceilDiv",
          "clamp",
          "copySign",
          "floor",
          "floorDiv",
          "floorMod",
          "fma",
          "getExponent",
          "max",
          "min",
          "rint",
          "round",
          "scalb",
          "signum",
          "sqrt",
          "ulp");

  /** What differs between processors. */
  private static final Set<String> PLATFORMS =
      Set.of(
          "ACOS", "ASIN", "ATAN", "ATAN2", "CBRT", "COS", "COSH", "EXP", "EXPM1", "HYPOT", "LOG",
          "LOG10", "LOG1P", "POW", "SIN", "SINH", "TAN", "TANH");

  private static final DescribedPredicate<JavaClass> API =
      resideInAPackage("org.levin..")
          .and(resideOutsideOfPackages(ENGINES))
          .and(resideOutsideOfPackages(ABOVE_API))
          .as("classes of api");

  private static final DescribedPredicate<JavaClass> LIBRARY =
      API.or(resideInAPackage(ENGINES)).as("classes of api and of engines");

  // Who may know whom

  @ArchTest
  static final ArchRule apiKnowsOnlyItselfTheJdkAndTheLibrariesOfItsPackages =
      classes()
          .that(API)
          .should()
          .onlyDependOnClassesThat(
              API.or(
                  resideInAnyPackage("java..", JACKSON, LUCENE)
                      .or(resideInAnyPackage(ARROW))
                      .or(resideInAnyPackage(TRIBUO))));

  @ArchTest
  static final ArchRule anEngineKnowsOnlyTheContractAndWhatItSpeaksOf =
      classes()
          .that()
          .resideInAPackage(ENGINES)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  ENGINES,
                  "org.levin.engine",
                  "org.levin.model",
                  "org.levin.corpus",
                  "org.levin.internal",
                  "java..",
                  VECTOR_API,
                  "jcuda.."));

  @ArchTest
  static final ArchRule enginesDoNotKnowEachOther =
      slices().matching("org.levin.engine.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule nobodyOutsideAnEngineNamesAClassOfIt =
      noClasses()
          .that()
          .resideOutsideOfPackages(ENGINES, "org.levin.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ENGINES);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("(org.levin..)").should().beFreeOfCycles();

  // Where the libraries are known

  @ArchTest
  static final ArchRule arrowIsKnownToTheCorpusAndTheExportOfStudiesOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.levin.corpus", "org.levin.tuning.export")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ARROW);

  @ArchTest
  static final ArchRule luceneIsKnownToTheConstraintsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.levin.constraint")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LUCENE);

  @ArchTest
  static final ArchRule jacksonIsKnownToFormatProvenanceAndTheFileOfAStudyOnly =
      noClasses()
          .that(API.or(resideInAPackage("org.levin.tuning..")))
          .and()
          .resideOutsideOfPackages(
              "org.levin.format", "org.levin.provenance", "org.levin.tuning.journal")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JACKSON);

  @ArchTest
  static final ArchRule tribuoIsKnownToTheProvenanceTheInsightAndTheMethodThatReturnsIt =
      classes()
          .that()
          .resideOutsideOfPackages(
              "org.levin.provenance", "org.levin.tribuo", "org.levin.tuning.insight")
          .should(knowTribuoOnlyAsWhatTheModelsProvenanceReturns());

  @ArchTest
  static final ArchRule nobodyNeedsTheAdapterToTribuo =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.levin.tribuo", "org.levin.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.levin.tribuo");

  @ArchTest
  static final ArchRule theVectorApiIsKnownToItsKernelsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.levin.engine.cpu.vector")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VECTOR_API);

  /** C2 may leave any of our calls standing, and a vector that crosses one is an object. */
  @ArchTest
  static final ArchRule vectorsDoNotCrossCalls =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("org.levin.engine.cpu.vector")
          .should()
          .haveRawReturnType(resideInAPackage(VECTOR_API))
          .orShould()
          .haveRawParameterTypes(anyElementThat(resideInAPackage(VECTOR_API)));

  // One seed, one result

  @ArchTest
  static final ArchRule mathIsUsedOnlyWhereItIsExact =
      noClasses()
          .that(LIBRARY)
          .should()
          .accessTargetWhere(
              accessTo(
                  Math.class.getName(), name -> !EXACT.contains(name) && !name.endsWith("Exact")));

  @ArchTest
  static final ArchRule vectorsAreNotSummedInAnOrderThatDependsOnTheirWidth =
      noClasses()
          .that(LIBRARY)
          .should()
          .accessTargetWhere(accessTo("jdk.incubator.vector", "reduceLanes"::equals));

  @ArchTest
  static final ArchRule vectorsDoNotUseThePlatformsFunctions =
      noClasses()
          .that(LIBRARY)
          .should()
          .accessTargetWhere(accessTo("jdk.incubator.vector.VectorOperators", PLATFORMS::contains));

  // Manners of a library

  @ArchTest
  static final ArchRule theLibraryWritesToNoStandardStream =
      noClasses().that(LIBRARY).should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule theLibraryLogsThroughSystemLogger =
      noClasses()
          .that(LIBRARY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule theLibraryNeverEndsTheJvm =
      noClasses()
          .that(LIBRARY.or(resideInAPackage("org.levin.tuning..")))
          .should()
          .accessTargetWhere(
              accessTo(System.class.getName(), "exit"::equals)
                  .or(accessTo(Runtime.class.getName(), Set.of("exit", "halt")::contains)));

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Utilities|Helpers?)");

  /** Access to members of a class, or of the classes of a package, by name. */
  private static DescribedPredicate<JavaAccess<?>> accessTo(
      String owner, java.util.function.Predicate<String> member) {
    return DescribedPredicate.describe(
        "members of " + owner,
        access -> {
          JavaClass target = access.getTargetOwner();
          return (target.getName().equals(owner) || target.getPackageName().equals(owner))
              && member.test(access.getName());
        });
  }

  private static ArchCondition<JavaClass> knowTribuoOnlyAsWhatTheModelsProvenanceReturns() {
    DescribedPredicate<JavaClass> tribuo = resideInAnyPackage(TRIBUO);
    return new ArchCondition<>("know Tribuo only as what provenance() of a model returns") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> tribuo.test(dependency.getTargetClass()))
            .filter(dependency -> !isReturnedByProvenance(dependency))
            .map(Dependency::getDescription)
            .forEach(use -> events.add(SimpleConditionEvent.violated(type, use)));
      }
    };
  }

  private static boolean isReturnedByProvenance(Dependency dependency) {
    JavaClass origin = dependency.getOriginClass();
    return assignableTo(SequenceModel.class).test(origin)
        && origin.getPackageName().equals("org.levin")
        && dependency
            .getDescription()
            .startsWith(
                "Method <"
                    + origin.getName()
                    + ".provenance()> has return type <org.tribuo.provenance.ModelProvenance>");
  }
}

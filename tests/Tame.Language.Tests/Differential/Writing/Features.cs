namespace Tame.Language.Tests.Differential.Writing;

/// <summary>
/// Parts of the language that can be left out of the programs. The environment variable <c>TAME_FEATURES</c> says which are in; without it,
/// <see cref="FeatureSets.Supported"/> are.
/// </summary>
[Flags]
internal enum Features : long
{
    None = 0,
    CatchWaits = 1 << 0,
    FinallyWaits = 1 << 1,
    CheckedWaits = 1 << 2,

    /// <summary>Variables captured where C# makes a fresh one each time.</summary>
    FreshCaptures = 1 << 3,

    /// <summary>Waits in a foreach over an array of several dimensions.</summary>
    GridWaits = 1 << 4,

    /// <summary>Locals of anonymous types.</summary>
    Anonymous = 1 << 5,

    /// <summary>Declarations and local functions behind labels, and several labels at one place.</summary>
    LabeledDeclarations = 1 << 6,

    /// <summary>Using declarations behind labels.</summary>
    LabeledUsings = 1 << 7,

    /// <summary>Labels that are keywords.</summary>
    KeywordLabels = 1 << 8,

    /// <summary><c>goto @default</c> beside a <c>default:</c> label.</summary>
    DefaultLabels = 1 << 9,

    /// <summary>Variables that a catch filter declares.</summary>
    FilterVariables = 1 << 10,

    /// <summary>Conditions of types with <c>operator true</c>.</summary>
    Truth = 1 << 11,

    /// <summary>Conditions of type <c>dynamic</c>.</summary>
    DynamicConditions = 1 << 12,

    /// <summary>Span locals, ref locals and stackalloc between waits.</summary>
    Spans = 1 << 13,

    /// <summary>Variables that a query declares, for its surroundings and for its own clauses.</summary>
    QueryVariables = 1 << 14,

    /// <summary>Calls that learn the text, the line or the member of their caller.</summary>
    CallerInfo = 1 << 15,

    /// <summary>The same without an argument list: initializers, collection expressions, <c>?[k]</c>, queries.</summary>
    CallerInfoWithoutCalls = 1 << 16,

    /// <summary>Switches without a default that leave no value out.</summary>
    Exhaustive = 1 << 17,

    /// <summary>Keywords as names of locals, parameters, fields, members and type parameters.</summary>
    Keywords = 1 << 18,

    /// <summary>Functions and lambdas with a single expression in checked blocks.</summary>
    CheckedFunctions = 1 << 19,

    /// <summary>Ref structs as resources between waits.</summary>
    RefStructUsings = 1 << 20,

    /// <summary>Members of extension blocks.</summary>
    Extensions = 1 << 21,
    InlineArrays = 1 << 22,

    /// <summary>Waits in a foreach over an inline array.</summary>
    InlineArrayWaits = 1 << 23,

    /// <summary>Anonymous types inside other types.</summary>
    NestedAnonymous = 1 << 24,

    /// <summary>Lambdas whose delegate type has no name, used before the next wait.</summary>
    AnonymousDelegates = 1 << 25,

    /// <summary>Slots that may hold null and get null.</summary>
    NullSlots = 1 << 26,

    /// <summary>The same where the event passes through an adapter or a task fills it.</summary>
    AdaptedNullSlots = 1 << 27,

    /// <summary>Local functions as delegates whose type nothing names.</summary>
    NaturalDelegates = 1 << 28,

    /// <summary>Attributes of local functions that are told where they are written.</summary>
    CallerInfoInAttributes = 1 << 29,

    /// <summary>Such attributes on functions wherever they are declared: in a handler or a twait block that stays as it is, and beside a function of the same name.</summary>
    CallerInfoInAttributesAnywhere = 1 << 30,

    /// <summary>Waits that no path reaches, behind locals whose type has no name.</summary>
    UnreachedWaits = 1L << 31,

    /// <summary>Tuples of variables: two of one name, or of a name that every tuple has.</summary>
    TupleNames = 1L << 32,
    All = (1L << 33) - 1,
}

/// <summary>Which features random programs, the matrix, the analyzer tests and the found programs have.</summary>
internal static class FeatureSets
{
    /// <summary>What the generator or an analyzer still gets wrong. When a fault is fixed, take its feature out of this list.</summary>
    public const Features Open = Features.None;

    /// <summary>What the generator takes.</summary>
    public const Features Supported = Features.All & ~Open;

    /// <summary>Waits wherever they can be: a feature alone is written with these.</summary>
    public const Features Waits = Features.CatchWaits | Features.FinallyWaits | Features.CheckedWaits;

    /// <summary>The features of the environment variable, or else the supported ones.</summary>
    public static Features Chosen => Environment.GetEnvironmentVariable("TAME_FEATURES") is { } names ? Parse(names) : Supported;

    /// <summary>Features by their names, <c>Supported</c>, <c>Open</c> and <c>Waits</c> among them, as in <c>Supported, Spans</c>.</summary>
    public static Features Parse(string names) => names.Split(',').Aggregate(Features.None, (all, name) => all | name.Trim() switch
    {
        nameof(Supported) => Supported,
        nameof(Open) => Open,
        nameof(Waits) => Waits,
        var one => Enum.Parse<Features>(one),
    });
}

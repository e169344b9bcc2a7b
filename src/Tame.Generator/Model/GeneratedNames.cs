using System.Globalization;

namespace Tame.Generator.Model;

/// <summary>
/// The names of everything that is generated for one tamed method. Names inside the closure and the generated methods begin with <see cref="Prefix"/>, which no
/// name in the body does. Names of members of the user's type begin with <see cref="MemberPrefix"/>: <c>Fetch__</c>, or <c>Fetch__2_</c> for a second overload.
/// </summary>
internal sealed record GeneratedNames(string Prefix, string MemberPrefix)
{
    private const string ServicesAlias = "__tame";
    private const string ClosureSuffix = "Closure";
    private const string ResumeSuffix = "Resume";
    private const string BeginSuffix = "Begin";
    private const string ScopeSuffix = "Scope";
    private const string FunctionSuffix = "__";

    /// <summary>The beginning of the names of types that generated code uses: an alias, which only other aliases could hide.</summary>
    public const string Services = ServicesAlias + "::";

    /// <summary>The directive that declares the alias. In a file it follows the external aliases.</summary>
    public const string ServicesDirective = "using " + ServicesAlias + " = global::Tame.CompilerServices;";

    /// <summary>The variables of the entry and the resuming method.</summary>
    public IEnumerable<string> Variables => [Closure, State, Body, Caller, Error, Thrown];

    /// <summary>The variable that holds the closure.</summary>
    public string Closure => Prefix + "c";

    /// <summary>The variable that holds the state to resume in.</summary>
    public string State => Prefix + "at";

    /// <summary>The constant that mentions the body.</summary>
    public string Body => Prefix + "body";

    /// <summary>The variable that holds the caller's context.</summary>
    public string Caller => Prefix + "caller";

    /// <summary>An exception that is passed to the event parameters.</summary>
    public string Error => Prefix + "error";

    /// <summary>An exception that no event has taken.</summary>
    public string Thrown => Prefix + "thrown";

    /// <summary>An exception that a generated catch clause receives.</summary>
    public string Caught => Prefix + "caught";

    /// <summary>The label after which the entry needs a closure.</summary>
    public string Departure => Prefix + "wait";

    /// <summary>The parameter of the lambda that writes a static slot.</summary>
    public string Value => Prefix + "value";

    /// <summary>A pointer to stack memory.</summary>
    public string Memory => Prefix + "memory";

    /// <summary>The closure's field for <c>this</c>.</summary>
    public string Self => Prefix + "self";

    /// <summary>The closure's static field that describes its type.</summary>
    public string Type => Prefix + "type";

    /// <summary>The label that a wait resumes at.</summary>
    public string Resumption(int state) => Prefix + Number(state);

    /// <summary>A label: a word, a number, and the name of its part.</summary>
    public string Label(string word, int number) => Prefix + word + Number(number);

    /// <summary>The variable that receives the id or the error of a join.</summary>
    public string Received(string what, int state) => Prefix + what + Number(state);

    /// <summary>The variable that is an example of an anonymous type.</summary>
    public string Example(int example) => Prefix + "example" + Number(example + 1);

    /// <summary>The object of a scope: a field of the closure, and the local by which lambdas refer to it.</summary>
    public string Scope(int scope) => Prefix + "scope" + Number(scope + 1);

    /// <summary>The closure's method that reads values of a type that cannot be written.</summary>
    public string Like(int template) => Prefix + "Like" + Number(template + 1);

    /// <summary>The closure's method that is an expression of such a type.</summary>
    public string Default(int template) => Prefix + "Default" + Number(template + 1);

    /// <summary>A type parameter of these methods.</summary>
    public string TypeParameter(int index) => Prefix + "T" + Number(index + 1);

    public string ClosureClass => MemberPrefix + ClosureSuffix;

    public string Resume => MemberPrefix + ResumeSuffix;

    /// <summary>The method that calls the entry for a closure that a checkpoint has deferred.</summary>
    public string Begin => MemberPrefix + BeginSuffix;

    public string ScopeClass(int scope) => MemberPrefix + ScopeSuffix + Number(scope + 1);

    /// <summary>The closure's method that locates the slots of one shape.</summary>
    public string SlotLocator(int shape) => Prefix + "Slot" + Number(shape + 1);

    /// <summary>The method that holds the text of a local function. The second with the same name has the number 2.</summary>
    public string Function(string name, int number) => MemberPrefix + name + (number == 1 ? "" : "__" + Number(number)) + FunctionSuffix;

    /// <summary>Whether a user's member has a name that could be generated with a prefix.</summary>
    public static bool CouldBeMember(string name, string memberPrefix)
    {
        if (!name.StartsWith(memberPrefix, StringComparison.Ordinal)) return false;
        var rest = name.Substring(memberPrefix.Length);
        return rest is ClosureSuffix or ResumeSuffix or BeginSuffix || rest.StartsWith(ScopeSuffix, StringComparison.Ordinal)
            || name.EndsWith(FunctionSuffix, StringComparison.Ordinal);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

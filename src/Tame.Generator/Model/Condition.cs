namespace Tame.Generator.Model;

/// <summary>A condition of the user's, and how it is asked.</summary>
internal sealed record Condition(Fragment Text, ConditionForm Form);

/// <summary>
/// What generated code writes around a condition that it does not ask as the user wrote it. C# asks a value that is no <c>bool</c> by conversion, by
/// <c>operator true</c> or dynamically. <c>!</c> and <c>&amp;&amp;</c> would ask other operators, so such a condition is first made a <c>bool</c>.
/// </summary>
internal readonly record struct ConditionForm(bool IsBool)
{
    /// <summary>Around a condition that is to be true where the user's is false.</summary>
    public (string Before, string After) Negated => IsBool ? ("!(", ")") : ("(", ") ? false : true");

    /// <summary>Around a condition that becomes an operand of <c>&amp;&amp;</c>; <paramref name="overflow"/> is <c>checked</c>, <c>unchecked</c> or nothing.</summary>
    public (string Before, string After) Operand(string overflow) => IsBool ? (overflow + "(", ")") : ($"({overflow}(", ") ? true : false)");
}

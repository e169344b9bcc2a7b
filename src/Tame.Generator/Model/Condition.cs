namespace Tame.Generator.Model;

/// <summary>A user's condition, and how C# evaluates it.</summary>
internal sealed record Condition(Fragment Text, ConditionForm Form);

/// <summary>
/// The text that generated code writes around a condition that it does not evaluate as the user wrote it. C# evaluates a value that is not a <c>bool</c> by
/// conversion, by <c>operator true</c>, or dynamically. <c>!</c> and <c>&amp;&amp;</c> would use other operators, so such a condition is first converted to a
/// <c>bool</c>.
/// </summary>
internal readonly record struct ConditionForm(bool IsBool)
{
    /// <summary>The text around a condition that must be true when the user's is false.</summary>
    public (string Before, string After) Negated => IsBool ? ("!(", ")") : ("(", ") ? false : true");

    /// <summary>
    /// The text around a condition that becomes an operand of <c>&amp;&amp;</c>. <paramref name="overflow"/> is <c>checked</c>, <c>unchecked</c>, or empty.
    /// </summary>
    public (string Before, string After) Operand(string overflow) => IsBool ? (overflow + "(", ")") : ($"({overflow}(", ") ? true : false)");
}

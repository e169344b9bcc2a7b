using System.Data.SqlTypes;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// True, false or neither. It has <c>operator true</c> and <c>operator false</c>, which write down that they are asked, and neither <c>!</c> nor a
/// conversion to <c>bool</c>.
/// </summary>
public readonly struct Maybe(int sign)
{
    private readonly int _sign = sign;

    public static bool operator true(Maybe value) => Asked("T", value._sign > 0);

    public static bool operator false(Maybe value) => Asked("F", value._sign < 0);

    public static Maybe operator &(Maybe left, Maybe right) => new(Math.Min(left._sign, right._sign));

    public static Maybe operator |(Maybe left, Maybe right) => new(Math.Max(left._sign, right._sign));

    public override string ToString() => $"maybe{_sign}";

    private static bool Asked(string name, bool answer)
    {
        World.Current.Write(name);
        return answer;
    }
}

/// <summary>Questions whose answers are no <c>bool</c>.</summary>
public sealed partial class World
{
    /// <summary>False once the program has gone round often enough.</summary>
    public Maybe Maybe() => new(Go() ? Next(3) - 1 : -1);

    public SqlBoolean Sql() => Next(3) switch
    {
        0 => SqlBoolean.Null,
        1 => SqlBoolean.True,
        _ => SqlBoolean.False,
    };

    /// <summary>A <c>bool</c> or a <see cref="Support.Maybe"/>.</summary>
    public object Unknown() => Next(3) == 0 ? Maybe() : Some();
}

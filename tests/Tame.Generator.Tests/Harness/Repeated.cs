using System.Globalization;
using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Harness;

/// <summary>Expands code that is too long to write: <c>/* 1,001 times: */ + n/* . */</c> repeats the text between the comments that many times.</summary>
internal static partial class Repeated
{
    public static string Expand(string code) => Part().Replace(code, part =>
        string.Concat(Enumerable.Repeat(part.Groups["part"].Value, int.Parse(part.Groups["times"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))));

    [GeneratedRegex(@"/\* (?<times>[\d,]+) times: \*/(?<part>.*?)/\* \. \*/", RegexOptions.Singleline)]
    private static partial Regex Part();
}

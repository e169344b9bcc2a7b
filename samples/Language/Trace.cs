using System.Globalization;

namespace Language;

/// <summary>The steps of an example, in order.</summary>
public sealed class Trace
{
    private readonly List<string> _words = [];

    public void Add(object? word) => _words.Add(Convert.ToString(word, CultureInfo.InvariantCulture) ?? "");

    public override string ToString() => string.Join(' ', _words);
}

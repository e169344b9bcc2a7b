namespace Tame.Load;

/// <summary>Takes requests at random, each as often as its weight says.</summary>
internal sealed class RequestChoice
{
    private readonly IReadOnlyList<byte[]> _requests;
    private readonly double[]? _upTo;

    /// <param name="requests">At least one.</param>
    /// <param name="weights">One for each request, not negative and not all 0; null takes all equally often.</param>
    /// <exception cref="ArgumentException">The weights do not fit.</exception>
    public RequestChoice(IReadOnlyList<byte[]> requests, IReadOnlyList<double>? weights)
    {
        _requests = requests;
        if (weights is null)
            return;
        if (weights.Count != requests.Count || weights.Any(weight => !double.IsFinite(weight) || weight < 0) || !weights.Any(weight => weight > 0))
            throw new ArgumentException("there must be a weight for each request, none negative and not all of them 0", nameof(weights));
        double sum = 0;
        _upTo = [.. weights.Select(weight => sum += weight)];
    }

    public byte[] Take(Random random)
    {
        if (_upTo is null)
            return _requests[random.Next(_requests.Count)];
        int at = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        if (at < 0)
            return _requests[~at];
        while (_upTo[at] == _upTo[at + 1])      // the number hit a bound exactly: what lies above it is the next one with a weight
            at++;
        return _requests[at + 1];
    }

    /// <summary>Reads a line of a list of paths: a path, and where it is given a tab and its weight, or else 1.</summary>
    /// <exception cref="FormatException">The weight is no number, or negative.</exception>
    public static (string Path, double Weight) Parse(string line)
    {
        int tab = line.IndexOf('\t');
        if (tab < 0)
            return (line, 1);
        if (!double.TryParse(line.AsSpan(tab + 1), System.Globalization.CultureInfo.InvariantCulture, out double weight) || !double.IsFinite(weight) || weight < 0)
            throw new FormatException($"{line[(tab + 1)..]} is no weight, in the line of {line[..tab]}");
        return (line[..tab], weight);
    }
}

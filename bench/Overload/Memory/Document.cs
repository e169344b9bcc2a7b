namespace Tame.Overload.Memory;

/// <summary>What a request works on: a megabyte of small objects, each of which the collector visits.</summary>
internal sealed class Document
{
    /// <summary>Of 64 bytes each.</summary>
    private const int Parts = 1 << 14;

#pragma warning disable CS0169, IDE0052 // only their size counts
    private readonly Part _first;

    public Document()
    {
        var first = new Part(null);
        for (int i = 1; i < Parts; i++)
            first = new Part(first);
        _first = first;
    }

    private sealed class Part(Part? next)
    {
        private readonly Part? _next = next;
        private readonly long _a, _b, _c, _d, _e;
    }
}

namespace Tame.Overload.Memory;

/// <summary>What a request works on: a megabyte of small objects, each of which the collector visits.</summary>
internal sealed class Document
{
    /// <summary>Of 64 bytes each.</summary>
    private const int Parts = 1 << 14;

    private readonly Part _first;

    public Document()
    {
        var first = new Part(null);
        for (int i = 1; i < Parts; i++)
            first = new Part(first);
        _first = first;
    }

    /// <summary>The number of its parts.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (var part = _first; part is not null; part = part.Next)
                count++;
            return count;
        }
    }

    private sealed class Part(Part? next)
    {
#pragma warning disable CS0169 // only their size counts
        private readonly long _a, _b, _c, _d, _e;
#pragma warning restore CS0169

        public Part? Next => next;
    }
}

namespace Tame.Dashboards.Layout;

/// <summary>The rows of a component, from the left: its nodes, and, numbered after them, the points where long edges pass a row.</summary>
internal sealed class Rows
{
    private readonly Component _graph;
    private readonly List<double> _width = [];

    public Rows(Component graph, int[] rows, bool[] isBack)
    {
        _graph = graph;
        int last = rows.Length == 0 ? -1 : rows.Max();
        Items = Component.Lists(last + 1);
        for (int node = 0; node < rows.Length; node++)
            Add(rows[node], graph.Nodes[node].Width);
        Passing = new int[graph.Edges.Count][];
        for (int e = 0; e < Passing.Length; e++)
            Passing[e] = Connect(isBack[e] ? graph.To[e] : graph.From[e], isBack[e] ? graph.From[e] : graph.To[e], rows);
        Place = new int[Count];
        NotePlaces();
    }

    /// <summary>The items of each row.</summary>
    public List<int>[] Items { get; }

    /// <summary>The items of an edge in the rows between its ends, from the top.</summary>
    public int[][] Passing { get; }

    /// <summary>The neighbors of an item in the row above.</summary>
    public List<List<int>> Above { get; } = [];

    /// <summary>The neighbors of an item in the row below.</summary>
    public List<List<int>> Below { get; } = [];

    /// <summary>The position of an item in its row.</summary>
    public int[] Place { get; }

    public int Count => _width.Count;

    public bool IsNode(int item) => item < _graph.Nodes.Count;

    public double Width(int item) => _width[item];

    /// <summary>The minimum distance between the middles of two adjacent items.</summary>
    public double Distance(int left, int right) =>
        (Width(left) + Width(right)) / 2 + (IsNode(left) && IsNode(right) ? Measures.Gap : Measures.PassingGap);

    public void NotePlaces()
    {
        foreach (var row in Items)
        {
            for (int i = 0; i < row.Count; i++)
                Place[row[i]] = i;
        }
    }

    private int Add(int row, double width)
    {
        Items[row].Add(_width.Count);
        _width.Add(width);
        Above.Add([]);
        Below.Add([]);
        return _width.Count - 1;
    }

    private int[] Connect(int upper, int lower, int[] rows)
    {
        if (upper == lower)
            return [];
        var passing = new int[rows[lower] - rows[upper] - 1];
        int before = upper;
        for (int i = 0; i <= passing.Length; i++)
        {
            int next = i == passing.Length ? lower : passing[i] = Add(rows[upper] + 1 + i, 0);
            Below[before].Add(next);
            Above[next].Add(before);
            before = next;
        }
        return passing;
    }
}

namespace Tame.Generator.Lowering;

/// <summary>The strongly connected components of a graph, by Tarjan's algorithm (SIAM J. Comput. 1, 1972), without recursion.</summary>
internal sealed class Components
{
    private readonly Func<string, IEnumerable<string>> _successors;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, int> _lowest = [];
    private readonly Dictionary<string, int> _components = [];
    private readonly Stack<string> _open = new();
    private int _count;

    private Components(Func<string, IEnumerable<string>> successors) => _successors = successors;

    /// <summary>The number of each node's component. Nodes that reach each other have the same number.</summary>
    public static IEnumerable<(string Node, int Component)> Of(IEnumerable<string> nodes, Func<string, IEnumerable<string>> successors)
    {
        var components = new Components(successors);
        foreach (var node in nodes.Where(node => !components._numbers.ContainsKey(node))) components.Visit(node);
        return components._components.Select(pair => (pair.Key, pair.Value));
    }

    private void Visit(string root)
    {
        var visits = new Stack<(string Node, IEnumerator<string> Left)>();
        visits.Push(Begin(root));
        while (visits.Count > 0)
        {
            var (node, left) = visits.Peek();
            if (left.MoveNext())
            {
                var next = left.Current;
                if (!_numbers.TryGetValue(next, out var number)) visits.Push(Begin(next));
                else if (!_components.ContainsKey(next)) _lowest[node] = Math.Min(_lowest[node], number);
                continue;
            }

            visits.Pop();
            if (_lowest[node] == _numbers[node]) Close(node);
            else if (visits.Count > 0) _lowest[visits.Peek().Node] = Math.Min(_lowest[visits.Peek().Node], _lowest[node]);
        }
    }

    private (string Node, IEnumerator<string> Left) Begin(string node)
    {
        _numbers[node] = _lowest[node] = _numbers.Count;
        _open.Push(node);
        return (node, _successors(node).GetEnumerator());
    }

    private void Close(string root)
    {
        string node;
        do
        {
            node = _open.Pop();
            _components[node] = _count;
        }
        while (node != root);
        _count++;
    }
}

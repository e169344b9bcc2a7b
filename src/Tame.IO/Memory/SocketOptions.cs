using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Options that are kept and have no effect. Zero is the value of one that was never set.</summary>
internal struct SocketOptions
{
    private Dictionary<(SocketOptionLevel, SocketOptionName), int>? _values;

    public readonly int Get(SocketOptionLevel level, SocketOptionName name) => _values is null ? 0 : _values.GetValueOrDefault((level, name));

    public void Set(SocketOptionLevel level, SocketOptionName name, int value) => (_values ??= [])[(level, name)] = value;
}

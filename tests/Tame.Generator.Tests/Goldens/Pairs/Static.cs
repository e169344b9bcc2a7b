using System.Net;

namespace Demo;

public static partial class Resolver
{
    [Tamed] public static partial void GetHost(string name, Event<IPAddress> done);
    private static void GetHostBody(string name, Event<IPAddress> done) => done.Trigger(IPAddress.Loopback);

    [Tamed] public static partial void MultiDns(string[] names, IPAddress?[] addrs, Event done);

    private static void MultiDnsBody(string[] names, IPAddress?[] addrs, Event done)
    {
        for (int i = 0; i < names.Length; i++)
            using (twait()) GetHost(names[i], mkevent(out addrs[i]));       // one at a time
        done.Trigger();
    }
}

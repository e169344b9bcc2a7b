namespace Demo;

public static partial class Async
{
    [Tamed] public static partial void Fetch(HttpClient client, string[] addresses, Event<int> done);

    private static void FetchBody(HttpClient client, string[] addresses, Event<int> done)
    {
        int total = 0;
        foreach (string address in addresses)
        {
            int length;
            var fetch = async () =>
            {
                string page = await client.GetStringAsync(address);
                return page.Length;
            };
            using (twait()) fetch().Trigger(mkevent(out length));
            total += length;
        }

        done.Trigger(total);
    }
}

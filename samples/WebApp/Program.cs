// A JSON service that asks its suppliers for prices: a window of calls at once, a rate limit, time limits and second tries. It has a tamed version and an async version.
//
//   dotnet run -c Release --project samples/WebApp -- --urls http://127.0.0.1:5000
//   curl http://127.0.0.1:5000/prices/tea
//   curl http://127.0.0.1:5000/async/prices/tea
//   curl 'http://127.0.0.1:5000/catalog?items=tea&items=gold'
using WebApp;

App.Build(args).Run();

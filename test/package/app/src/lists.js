export async function readLists(token) {
  const response = await fetch("https://a.klaviyo.com/api/lists", {
    headers: { Authorization: `Bearer ${token}`, revision: "2026-07-15" },
  });
  return response.json();
}
